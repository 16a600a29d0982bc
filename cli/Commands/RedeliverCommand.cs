using System.CommandLine;
using System.Globalization;
using Waybill.Cli.Input;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands;

/// <summary>One by its id, or in bulk what failed for good in a window of time.</summary>
internal static class RedeliverCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = new Argument<string?>("id") { Description = "The notification's id.", Arity = ArgumentArity.ZeroOrOne };
        var watch = new Option<bool>("--watch") { Description = "Follow the one until it is final." };
        var from = Times.Option("--from", "In bulk (operators): what failed for good and was created then or later.");
        var to = Times.Option("--to", "Created before; now by default.");
        var host = new Option<string?>("--host") { Description = "With a URL of this host, with its port or without." };
        var category = FilterOptions.Category("With this category of result");
        var rate = new Option<int?>("--rate") { Description = "Redeliveries a second, at most; 50 by default." };
        var command = new Command("redeliver", "Delivers once more, with a fresh round of attempts, what is final.") { id, watch, from, to, host, category, rate };

        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null == result.GetResult(from) is null)
            {
                result.AddError("Give either an id or --from.");
            }
        });

        command.Run(connection, async context =>
        {
            var parsed = context.Parsed;

            return parsed.GetValue(id) is { } one
                ? await RedeliverAsync(context, one, parsed.GetValue(watch))
                : await BulkRedelivering.RunAsync(context, new BulkRedeliveryDraft
                {
                    From = parsed.GetValue(from)!.Value,
                    To = parsed.GetValue(to) ?? DateTimeOffset.UtcNow,
                    Host = parsed.GetValue(host),
                    Category = parsed.GetValue(category) is { } text ? DeliveryCategory.Of(text) : null,
                    RatePerSecond = parsed.GetValue(rate),
                });
        });

        return command;
    }

    private static async Task<int> RedeliverAsync(CommandContext context, string id, bool watch)
    {
        var submitted = await context.Client.RedeliverAsync(id, context.CancellationToken);

        if (watch)
        {
            return await Watching.UntilFinalAsync(context, submitted.Id);
        }

        context.Printer.Print(submitted, Describe);
        return ExitCode.Done;
    }

    private static string Describe(Submitted submitted) =>
        string.Create(CultureInfo.InvariantCulture, $"{submitted.Id} is {submitted.Status.Text()}: it is delivered once more.");
}
