using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Answers the dashboard's questions about resources (aspire.v1.DashboardService).</summary>
internal sealed class ResourceService(
    IHostEnvironment environment,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceRunners runners)
{
    /// <returns>The gRPC status.</returns>
    public async Task<int> AnswerAsync(string method, GrpcCall call, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "GetApplicationInformation":
                await call.ReadAsync(cancellationToken).ConfigureAwait(false);
                await call.SendAsync(new ProtobufWriter().Text(1, environment.ApplicationName), cancellationToken).ConfigureAwait(false);
                return GrpcCall.Ok;

            case "WatchResources":
                await call.ReadAsync(cancellationToken).ConfigureAwait(false);
                await WatchResourcesAsync(call, cancellationToken).ConfigureAwait(false);
                return GrpcCall.Ok;

            case "WatchResourceConsoleLogs":
                var asked = await call.ReadAsync(cancellationToken).ConfigureAwait(false);
                await WatchLogsAsync(asked, call, cancellationToken).ConfigureAwait(false);
                return GrpcCall.Ok;

            case "ExecuteResourceCommand":
                var command = await call.ReadAsync(cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(command, call, cancellationToken).ConfigureAwait(false);
                return GrpcCall.Ok;

            case "WatchInteractions":
                // The AppHost never asks the user anything, but the dashboard wants the stream to stay open.
                await call.BeginAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
                return GrpcCall.Ok;

            default:
                return GrpcCall.Unimplemented;
        }
    }

    private async Task WatchResourcesAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        // Initial data, empty: what is known follows as changes.
        await call.SendAsync(new ProtobufWriter().Message(1, new ProtobufWriter()), cancellationToken).ConfigureAwait(false);

        await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            var change = new ProtobufWriter().Message(2, ResourceMessage.From(update));
            var changes = new ProtobufWriter().Message(1, change);
            await call.SendAsync(new ProtobufWriter().Message(2, changes), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchLogsAsync(ProtobufReader asked, GrpcCall call, CancellationToken cancellationToken)
    {
        var resourceId = asked.Text(1);
        var onlyWhatIsThere = asked.Flag(2);
        var batches = onlyWhatIsThere ? logs.GetAllAsync(resourceId) : logs.WatchAsync(resourceId);

        await foreach (var batch in batches.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var message = new ProtobufWriter();

            foreach (var line in batch)
            {
                message.Message(1, new ProtobufWriter().Text(1, line.Content).Flag(2, line.IsErrorMessage).Number(3, line.LineNumber));
            }

            await call.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ExecuteAsync(ProtobufReader asked, GrpcCall call, CancellationToken cancellationToken)
    {
        const int Succeeded = 1;
        const int Failed = 2;

        var done = await runners.ExecuteAsync(resourceId: asked.Text(2), command: asked.Text(1)).ConfigureAwait(false);
        await call.SendAsync(new ProtobufWriter().Number(1, done ? Succeeded : Failed), cancellationToken).ConfigureAwait(false);
    }
}
