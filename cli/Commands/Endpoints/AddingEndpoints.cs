using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>add.</summary>
internal static class AddingEndpoints
{
    public static Command Create(ConnectionOptions connection)
    {
        var url = new Argument<string>("url") { Description = "What is called for each event that matches." };
        var whose = new TenantOptions();
        var fields = new EndpointOptions(typesRequired: true);
        var key = new Option<string?>("--idempotency-key") { Description = "Makes it safe to add the same again." };
        var paused = new Option<bool>("--paused") { Description = "Paused from the beginning, for 30 days unless it is resumed before." };
        var command = new Command("add", "Adds an endpoint, which gets the tenant's events from now on, and prints it with its secret.") { url, paused, key };

        whose.AddTo(command);
        fields.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var draft = fields.Draft(context.Parsed, context.Parsed.GetValue(url)!) with { Paused = context.Parsed.GetValue(paused) ? true : null };

            context.Printer.Print(await context.Client.CreateEndpointAsync(tenant, draft, context.Parsed.GetValue(key), owner, context.CancellationToken), EndpointWords.Details);
            return ExitCode.Done;
        });

        return command;
    }
}
