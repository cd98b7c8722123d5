-- Health of a Kyma APIRule (gateway.kyma-project.io) for Argo CD. Uses the base library only, which is all that Argo CD opens.
--
-- The status of an APIRule says what the controller made of it, but not of which generation. What can be told: when the controller came by
-- last, and when somebody changed the spec last. While the change is the later one, the status is about an earlier spec.
local hs = {}
local meta = obj.metadata or {}
local status = obj.status or {}

-- RFC 3339 in UTC, in whole seconds: the order of the texts is that of the times.
local function lastSpecChange()
  local latest = meta.creationTimestamp
  for _, entry in ipairs(meta.managedFields or {}) do
    local isSpec = entry.subresource ~= "status" and entry.fieldsV1 ~= nil and entry.fieldsV1["f:spec"] ~= nil
    if isSpec and entry.time ~= nil and (latest == nil or entry.time > latest) then
      latest = entry.time
    end
  end
  return latest
end

local changed = lastSpecChange()
local processed = status.lastProcessedTime

if meta.deletionTimestamp ~= nil then
  hs.status = "Progressing"
  hs.message = "is being deleted"
elseif status.state == nil or status.state == "" then
  hs.status = "Progressing"
  hs.message = "the controller has not looked at it yet"
elseif processed ~= nil and changed ~= nil and changed > processed then
  hs.status = "Progressing"
  hs.message = "changed at " .. changed .. ", processed at " .. processed .. ": the status is about an earlier spec"
elseif status.state == "Ready" then
  hs.status = "Healthy"
  hs.message = status.description or ""
elseif status.state == "Processing" or status.state == "Deleting" then
  hs.status = "Progressing"
  hs.message = status.description or status.state
elseif status.state == "Error" or status.state == "Warning" then
  -- In both nothing of this spec is in force; what was there before still is.
  hs.status = "Degraded"
  hs.message = status.description or status.state
else
  hs.status = "Unknown"
  hs.message = "state " .. status.state .. " is not known"
end

return hs
