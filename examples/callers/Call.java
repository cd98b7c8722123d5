// Service key -> token -> protected endpoint, with the HTTP client of Java 11 or newer and nothing else.
// java Call.java KEY.json URL [HOST]     HOST: Host header, only to try it against kyma-guard local

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Call {
    public static void main(String[] args) throws Exception {
        if (args.length > 2) System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        String key = Files.readString(Path.of(args[0]));
        String form = "grant_type=client_credentials&client_id=" + encoded(text(key, "clientid"))
            + "&client_secret=" + encoded(text(key, "clientsecret"));
        String named = text(key, "token_url");
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
        HttpRequest ask = request(named == null ? text(key, "url") + "/oauth/token" : named)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        // A token lasts for "expires_in" seconds: keep it and use it for every call until shortly before.
        String token = text(send(client, ask), "access_token");
        HttpRequest.Builder call = request(args[1]).header("Authorization", "Bearer " + token);
        if (args.length > 2) call.header("Host", args[2]);
        System.out.println(send(client, call.build()));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
    }

    private static String send(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) return answer.body();
        System.err.println("the call failed: " + answer.statusCode());
        System.exit(1);
        return "";
    }

    /** A text of a flat JSON object; a real program has a JSON library for this. */
    private static String text(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"").matcher(json);
        return found.find() ? found.group(1).replaceAll("\\\\(.)", "$1") : null;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
