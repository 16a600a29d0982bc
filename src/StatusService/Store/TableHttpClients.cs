using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Waybill.StatusService.Store;

/// <summary>
/// The HTTP client of the SDK for the table. Without spans of its own: <see cref="TableCalls"/> makes one for each operation,
/// and DynamoDB takes no trace context.
/// </summary>
internal sealed class TableHttpClients : HttpClientFactory
{
    /// <summary>Connections that DNS may have moved away from are not kept for longer.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client owns its handlers, and lives as long as the process.")]
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var sockets = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };

        return new HttpClient(new RefusalHandler(sockets)) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };
    }
}
