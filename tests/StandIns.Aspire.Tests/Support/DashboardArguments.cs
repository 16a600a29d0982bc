namespace StandIns.Aspire.Tests.Support;

/// <summary>Addresses for a dashboard of the test's own.</summary>
internal sealed record DashboardArguments(bool IsAnonymous, string? Program = null)
{
    public static string FakeProgram => Path.Combine(NodeResources.DataDirectory, "fake-dashboard.mjs");

    public Uri Url { get; } = new($"http://localhost:{FreePort.Next()}");

    public Uri OtlpUrl { get; } = new($"http://localhost:{FreePort.Next()}");

    public string[] ToArray() =>
    [
        "--DcpPublisher:RandomizePorts=true",
        "--environment=Development",
        $"--ASPNETCORE_URLS={Url.OriginalString}",
        $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={OtlpUrl.OriginalString}",
        $"--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS={IsAnonymous}",
        .. Program is null ? [] : new[] { $"--ASPIRE_DASHBOARD_PATH={Program}" },
    ];

    public void Apply(DistributedApplicationOptions options)
    {
        options.DisableDashboard = false;
        options.Args = ToArray();
    }
}
