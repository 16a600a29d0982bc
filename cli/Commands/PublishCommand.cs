using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands;

internal static class PublishCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var type = new Argument<string>("type") { Description = "What happened, such as order.paid." };
        var tenant = TenantOptions.Tenant();
        var payload = new PayloadOptions();
        var correlationId = new Option<string?>("--correlation-id") { Description = "Echoed everywhere." };
        var deliverAt = Times.ExactOption("--deliver-at", "When to deliver it; at once by default.");
        var key = new Option<string?>("--idempotency-key") { Description = "Makes it safe to publish the same again." };
        var watch = new Option<bool>("--watch") { Description = "Follow it until it is final at every endpoint. Exit code 0 where all of them have it, 1 otherwise." };

        var command = new Command("publish", "Hands over an event, to be delivered to each endpoint of the tenant that takes its type. Exit code 0 once it is stored.")
        {
            type, tenant, correlationId, deliverAt, key, watch,
        };

        payload.AddTo(command);
        command.Run(connection, async context =>
        {
            var parsed = context.Parsed;
            var given = await payload.ReadAsync(parsed, context.CancellationToken);

            var draft = new EventDraft
            {
                Type = parsed.GetValue(type)!,
                Tenant = parsed.GetValue(tenant)!,
                Payload = given.Json,
                PayloadText = given.Text,
                PayloadBase64 = given.Base64,
                ContentType = given.ContentType,
                CorrelationId = parsed.GetValue(correlationId),
                DeliverAt = parsed.GetValue(deliverAt),
            };

            var published = await context.Client.PublishAsync(draft, parsed.GetValue(key), context.CancellationToken);

            if (parsed.GetValue(watch))
            {
                return await Watching.EventUntilFinalAsync(context, published.Id);
            }

            context.Printer.Print(published, EventWords.Published);
            return ExitCode.Done;
        });

        return command;
    }
}
