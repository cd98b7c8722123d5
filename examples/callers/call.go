// Service key -> token -> protected endpoint, with the standard library of Go.
// go run call.go KEY.json URL [HOST]     HOST: Host header, only to try it against kyma-guard local
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

type serviceKey struct {
	ClientID     string `json:"clientid"`
	ClientSecret string `json:"clientsecret"`
	URL          string `json:"url"`
	TokenURL     string `json:"token_url"`
}

var client = &http.Client{
	Timeout: 10 * time.Second,
	// A redirect would carry the token to another place.
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var key serviceKey
	check(json.Unmarshal(text, &key))
	if key.TokenURL == "" {
		key.TokenURL = key.URL + "/oauth/token"
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {key.ClientID}, "client_secret": {key.ClientSecret}}
	ask, err := http.NewRequest(http.MethodPost, key.TokenURL, strings.NewReader(form.Encode()))
	check(err)
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	// A token lasts for "expires_in" seconds: keep it and use it for every call until shortly before.
	var token struct {
		AccessToken string `json:"access_token"`
	}
	check(json.Unmarshal(send(ask), &token))

	call, err := http.NewRequest(http.MethodGet, os.Args[2], nil)
	check(err)
	call.Header.Set("Authorization", "Bearer "+token.AccessToken)
	if len(os.Args) > 3 {
		call.Host = os.Args[3]
	}
	fmt.Println(string(send(call)))
}

func send(request *http.Request) []byte {
	answer, err := client.Do(request)
	check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	check(err)
	if answer.StatusCode != http.StatusOK {
		check(fmt.Errorf("%s", answer.Status))
	}
	return body
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "the call failed:", err)
		os.Exit(1)
	}
}
