namespace StandIns.Aspire.Tests.Support;

/// <summary>Small programs to orchestrate: quick to start, and not .NET.</summary>
internal static class NodeResources
{
    /// <summary>Serves HTTP: 503 on /health for the time given, its environment on /.</summary>
    public static IResourceBuilder<ExecutableResource> AddServer(
        this IDistributedApplicationBuilder builder,
        string name,
        int unhealthyMilliseconds = 0,
        int? port = null,
        int? targetPort = null,
        bool? isProxied = null) =>
        builder
            .AddExecutable(name, "node", DataDirectory, "server.mjs", $"{unhealthyMilliseconds}")
            .WithHttpEndpoint(port, targetPort, env: "PORT", isProxied: isProxied)
            .WithHttpHealthCheck("/health");

    /// <summary>Ends at once.</summary>
    public static IResourceBuilder<ExecutableResource> AddOneShot(this IDistributedApplicationBuilder builder, string name, int exitCode) =>
        builder.AddExecutable(name, "node", DataDirectory, "-e", $"console.error('it ends with {exitCode}'); process.exit({exitCode});");

    public static string DataDirectory => Path.Combine(AppContext.BaseDirectory, "Data");
}
