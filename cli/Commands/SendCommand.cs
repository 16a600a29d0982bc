using System.CommandLine;
using System.Globalization;
using Waybill.Cli.Input;
using Waybill.Client;

namespace Waybill.Cli.Commands;

internal static class SendCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var url = new Argument<string?>("url") { Description = "Where to deliver it.", Arity = ArgumentArity.ZeroOrOne };
        var fields = new DraftOptions();
        var payload = new PayloadOptions();
        var key = new Option<string?>("--idempotency-key") { Description = "Makes it safe to send the same again." };
        var watch = new Option<bool>("--watch") { Description = "Follow it until it is final." };
        var file = new Option<FileInfo?>("--file")
        {
            Description = "Sends many instead: a JSON object a line, with the fields of the API and an optional idempotencyKey, in batches of 100.",
        };

        var command = new Command("send", "Hands over a notification to be delivered. Exit code 0 once it is stored.") { url, key, watch, file };

        fields.AddTo(command);
        payload.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(url) is null == result.GetValue(file) is null)
            {
                result.AddError("Give either a URL or --file.");
            }
        });

        command.Run(connection, async context =>
        {
            if (context.Parsed.GetValue(file) is { } many)
            {
                return await FileSending.SendAsync(context, many);
            }

            var draft = fields.Draft(context.Parsed, context.Parsed.GetValue(url)!, await payload.ReadAsync(context.Parsed, context.CancellationToken));
            var submitted = await context.Client.SubmitAsync(draft, context.Parsed.GetValue(key), context.CancellationToken);

            if (context.Parsed.GetValue(watch))
            {
                return await Watching.UntilFinalAsync(context, submitted.Id);
            }

            context.Printer.Print(submitted, Describe);
            return ExitCode.Done;
        });

        return command;
    }

    private static string Describe(Submitted submitted) =>
        string.Create(CultureInfo.InvariantCulture, $"{submitted.Id} is stored and will be delivered: waybill watch {submitted.Id}");
}
