using System.CommandLine;
using Spectre.Console;
using Waybill.Cli.Input;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>list, unwell, get and secret.</summary>
internal static class ReadingEndpoints
{
    public static Command List(ConnectionOptions connection)
    {
        var whose = new TenantOptions();
        var command = new Command("list", "Lists a tenant's endpoints, the oldest first: when created, id, state, URL, types.");

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);

            foreach (var endpoint in await context.Client.ListEndpointsAsync(tenant, owner, context.CancellationToken))
            {
                context.Printer.Print(endpoint, EndpointWords.Line);
            }

            return ExitCode.Done;
        });

        return command;
    }

    public static Command Unwell(ConnectionOptions connection)
    {
        var owner = new Option<string?>("--owner") { Description = "Those of this owner alone (operators; others have their own only)." };
        var limit = new Option<int?>("--limit") { Description = "At most so many: 1 to 200, 50 by default." };
        var command = new Command("unwell", "Lists the endpoints of all tenants that are failing, paused or disabled: since when, id, state, tenant, URL, why.") { owner, limit };

        command.Run(connection, async context =>
        {
            var answer = await context.Client.ListUnwellEndpointsAsync(context.Parsed.GetValue(owner), context.Parsed.GetValue(limit), context.CancellationToken);

            foreach (var endpoint in answer.Items)
            {
                context.Printer.Print(endpoint, EndpointWords.UnwellLine);
            }

            if (!answer.Complete)
            {
                context.Printer.Progress.WriteLine("There are more.");
            }

            return ExitCode.Done;
        });

        return command;
    }

    public static Command Get(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var command = new Command("get", "Shows an endpoint, and what came of the last day's notifications.") { id };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            context.Printer.Print(await context.Client.GetEndpointAsync(tenant, context.Parsed.GetValue(id)!, owner, context.CancellationToken), EndpointWords.Details);
            return ExitCode.Done;
        });

        return command;
    }

    public static Command Secret(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var command = new Command("secret", "Prints the secret that the receiver verifies signatures with. That it was asked for is on record.") { id };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var secret = await context.Client.GetSecretAsync(tenant, context.Parsed.GetValue(id)!, owner, context.CancellationToken);

            context.Printer.Print(new SecretLine(secret), line => line.Secret);
            return ExitCode.Done;
        });

        return command;
    }

    private sealed record SecretLine(string Secret);
}
