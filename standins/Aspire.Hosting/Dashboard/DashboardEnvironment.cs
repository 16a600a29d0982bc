namespace Aspire.Hosting.Dashboard;

/// <summary>The configuration of the dashboard's process.</summary>
internal static class DashboardEnvironment
{
    public static IReadOnlyDictionary<string, string> Create(DashboardSettings settings, string resourceServiceUrl)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = settings.FrontendUrl,
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.OtlpUrl,
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = resourceServiceUrl,
            ["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = settings.ResourceServiceKey,
            ["DASHBOARD__API__ENABLED"] = "true",
        };

        if (settings.OtlpHttpUrl is { } otlpHttpUrl)
        {
            environment["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = otlpHttpUrl;
        }

        if (settings.IsAnonymous)
        {
            environment["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true";
            environment["DASHBOARD__FRONTEND__AUTHMODE"] = "Unsecured";
            environment["DASHBOARD__OTLP__AUTHMODE"] = "Unsecured";
            environment["DASHBOARD__API__AUTHMODE"] = "Unsecured";
        }
        else
        {
            environment["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
            environment["DASHBOARD__FRONTEND__BROWSERTOKEN"] = settings.BrowserToken;
            environment["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
            environment["DASHBOARD__OTLP__PRIMARYAPIKEY"] = settings.OtlpApiKey;
            environment["DASHBOARD__API__AUTHMODE"] = "ApiKey";
            environment["DASHBOARD__API__PRIMARYAPIKEY"] = settings.ApiKey;
        }

        return environment;
    }
}
