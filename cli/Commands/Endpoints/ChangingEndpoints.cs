using System.CommandLine;
using Spectre.Console;
using Waybill.Cli.Input;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands.Endpoints;

/// <summary>set, remove and rotate.</summary>
internal static class ChangingEndpoints
{
    public static Command Set(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var url = new Option<string?>("--url") { Description = "Called from the next attempt on, also for what waits already." };
        var fields = new EndpointOptions(typesRequired: false);
        var version = IfVersion();

        var reset = new Option<string[]>("--reset")
        {
            Description = "Back to its default: description, header, timeout, retries or max-per-second; may be given several times.",
        };

        var command = new Command("set", "Changes what is given of an endpoint, and leaves the rest.") { id, url, reset, version };

        whose.AddTo(command);
        fields.AddTo(command);
        reset.AcceptOnlyFromAmong([.. fields.Defaults.Keys]);
        command.Validators.Add(result =>
        {
            foreach (var name in (result.GetValue(reset) ?? []).Where(name => fields.Defaults.ContainsKey(name) && fields.IsGiven(result, name)))
            {
                result.AddError($"Give either --{name} or --reset {name}.");
            }
        });

        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var defaults = (context.Parsed.GetValue(reset) ?? []).Aggregate(EndpointDefaults.None, (all, name) => all | fields.Defaults[name]);
            var patch = fields.Patch(context.Parsed, context.Parsed.GetValue(url), defaults);

            context.Printer.Print(
                await context.Client.ChangeEndpointAsync(tenant, context.Parsed.GetValue(id)!, patch, context.Parsed.GetValue(version), owner, context.CancellationToken),
                EndpointWords.Details);

            return ExitCode.Done;
        });

        return command;
    }

    public static Command Remove(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var version = IfVersion();
        var command = new Command("remove", "Removes an endpoint. What is open for it ends FAILED.") { id, version };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var wanted = context.Parsed.GetValue(id)!;

            await context.Client.DeleteEndpointAsync(tenant, wanted, context.Parsed.GetValue(version), owner, context.CancellationToken);

            // Nothing came back that could be a result.
            context.Printer.Progress.WriteLine($"{wanted} is removed.");
            return ExitCode.Done;
        });

        return command;
    }

    public static Command Rotate(ConnectionOptions connection)
    {
        var id = EndpointsCommand.Id();
        var whose = new TenantOptions();
        var version = IfVersion();
        var until = Times.AheadOption("--keep-old-until", "Until then deliveries are signed with the old secret, too; at most 30 days. It is not valid any more by default.");
        var command = new Command("rotate", "Makes a new secret, and prints the endpoint with it.") { id, until, version };

        whose.AddTo(command);
        command.Run(connection, async context =>
        {
            var (tenant, owner) = whose.Of(context.Parsed);
            var parsed = context.Parsed;

            context.Printer.Print(
                await context.Client.RotateSecretAsync(tenant, parsed.GetValue(id)!, parsed.GetValue(until), parsed.GetValue(version), owner, context.CancellationToken),
                EndpointWords.Details);

            return ExitCode.Done;
        });

        return command;
    }

    public static Option<int?> IfVersion() => new("--if-version") { Description = "Only if it has this version still." };
}
