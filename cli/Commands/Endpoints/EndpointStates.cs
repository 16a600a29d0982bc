using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;
using Waybill.Client;
using Waybill.Notifications.Endpoints;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>pause, resume, enable and disable.</summary>
internal static class EndpointStates
{
    public static Command Pause(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var version = ChangingEndpoints.IfVersion();
        var until = Times.ExactOption("--until", "When the pause ends by itself; at most 30 days ahead.");
        var length = Times.LengthOption("--for", "How long it is paused; at most 30 days.");
        var command = new Command("pause", "Holds what comes for an endpoint, until a time or until it is resumed. Nothing is dropped.") { id, until, length, version };

        whose.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(until) is null == result.GetResult(length) is null)
            {
                result.AddError("Give either --until or --for.");
            }
        });

        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var parsed = context.Parsed;
            var end = parsed.GetValue(until) ?? DateTimeOffset.UtcNow + parsed.GetValue(length)!.Value;

            context.Printer.Print(
                await context.Client.PauseEndpointAsync(tenant, parsed.GetValue(id)!, end, parsed.GetValue(version), owner, context.CancellationToken),
                EndpointWords.Details);

            return ExitCode.Done;
        });

        return command;
    }

    public static Command Resume(ConnectionOptions connection) =>
        Create("resume", "Ends a pause. What was held is made due, at a pace.", connection, client => client.ResumeEndpointAsync);

    public static Command Disable(ConnectionOptions connection) =>
        Create("disable", "Stops an endpoint: what comes for it fails, and nothing is sent.", connection, client => client.DisableEndpointAsync);

    public static Command Enable(ConnectionOptions connection) =>
        Create("enable", "Ends that an endpoint is disabled. What failed meanwhile is delivered when it is asked for again.", connection, client => client.EnableEndpointAsync);

    private delegate Task<EndpointView> Change(string tenant, string id, int? ifVersion, string? owner, CancellationToken cancellationToken);

    private static Command Create(string name, string description, ConnectionOptions connection, Func<WaybillClient, Change> change)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var version = ChangingEndpoints.IfVersion();
        var command = new Command(name, description) { id, version };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);

            context.Printer.Print(
                await change(context.Client)(tenant, context.Parsed.GetValue(id)!, context.Parsed.GetValue(version), owner, context.CancellationToken),
                EndpointWords.Details);

            return ExitCode.Done;
        });

        return command;
    }
}
