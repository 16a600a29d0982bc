using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>test.</summary>
internal static class TestingEndpoints
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var type = new Option<string?>("--type") { Description = "Of the event; waybill.test by default." };
        var watch = new Option<bool>("--watch") { Description = "Follow it until it is final." };
        var command = new Command("test", "Posts an event to this endpoint alone, whatever types it takes.") { id, type, watch };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var published = await context.Client.TestEndpointAsync(tenant, context.Parsed.GetValue(id)!, context.Parsed.GetValue(type), owner, context.CancellationToken);

            if (context.Parsed.GetValue(watch))
            {
                return await Watching.EventUntilFinalAsync(context, published.Id);
            }

            context.Printer.Print(published, EventWords.Published);
            return ExitCode.Done;
        });

        return command;
    }
}
