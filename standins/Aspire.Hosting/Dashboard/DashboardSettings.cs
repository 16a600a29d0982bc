using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard is, and who may use it; all from the AppHost's configuration, under the original's names.</summary>
internal sealed class DashboardSettings(IConfiguration configuration, DistributedApplicationOptions options, DashboardBundle bundle)
{
    private readonly Lazy<string?> _program = new(() => options.DisableDashboard ? null : bundle.Find());

    public bool IsDisabled => options.DisableDashboard;

    /// <summary>False where it is disabled or not installed.</summary>
    public bool IsAvailable => _program.Value is not null;

    public string Program => _program.Value ?? throw new InvalidOperationException("There is no dashboard.");

    /// <summary>Whoever can reach the address may use it. Default false.</summary>
    public bool IsAnonymous { get; } = configuration.GetValue<bool>("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS");

    /// <summary>Default http://localhost:18888.</summary>
    public string FrontendUrl { get; } =
        configuration["ASPNETCORE_URLS"]?.Split(';').FirstOrDefault(url => url.StartsWith("http:", StringComparison.Ordinal))
        ?? "http://localhost:18888";

    /// <summary>Where telemetry goes over gRPC. Default http://localhost:18889.</summary>
    public string OtlpUrl { get; } = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? "http://localhost:18889";

    /// <summary>Where telemetry goes over HTTP; null: nowhere.</summary>
    public string? OtlpHttpUrl { get; } = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];

    public string BrowserToken { get; } =
        configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] is { Length: > 0 } token ? token : NewKey();

    public string OtlpApiKey { get; } = configuration["AppHost:OtlpApiKey"] ?? NewKey();

    /// <summary>For the telemetry API of the dashboard (header x-api-key).</summary>
    public string ApiKey { get; } = configuration["AppHost:DashboardApiKey"] ?? NewKey();

    public string ResourceServiceKey { get; } = NewKey();

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
