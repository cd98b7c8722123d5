-- Health of a Kyma Function (serverless.kyma-project.io) for Argo CD. Uses the base library only, which is all that Argo CD opens.
local hs = {}
local meta = obj.metadata or {}
local status = obj.status or {}
local conditions = {}
for _, condition in ipairs(status.conditions or {}) do
  conditions[condition.type] = condition
end
local configured = conditions["ConfigurationReady"]
local running = conditions["Running"]

-- Nothing comes of waiting.
local failures = {
  DeploymentFailed = true,
  DeploymentDeletionFailed = true,
  ServiceFailed = true,
  SourceUpdateFailed = true,
}

local function reasonOf(condition)
  return (condition.reason or "") .. ": " .. (condition.message or "")
end

local isObserved = status.observedGeneration ~= nil and status.observedGeneration == meta.generation

if meta.deletionTimestamp ~= nil then
  hs.status = "Progressing"
  hs.message = "is being deleted"
elseif configured ~= nil and configured.status == "False" and configured.reason == "InvalidFunctionSpec" then
  -- An invalid spec is never observed, so the generation does not count here.
  hs.status = "Degraded"
  hs.message = reasonOf(configured)
elseif not isObserved then
  hs.status = "Progressing"
  hs.message = "the controller has not observed the last change yet"
elseif configured ~= nil and configured.status == "False" and failures[configured.reason] then
  hs.status = "Degraded"
  hs.message = reasonOf(configured)
elseif running ~= nil and running.status == "False" and failures[running.reason] then
  hs.status = "Degraded"
  hs.message = reasonOf(running)
elseif configured ~= nil and configured.status == "True" and running ~= nil and running.status == "True" then
  hs.status = "Healthy"
  hs.message = running.message or ""
else
  hs.status = "Progressing"
  hs.message = reasonOf(running or configured or { reason = "no condition yet" })
end

return hs
