using System.CommandLine;
using System.Globalization;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands;

internal static class GetCommand
{
    public static Command Create(ConnectionOptions connection)
    {
        var id = new Argument<string>("id") { Description = "The notification's id." };
        var request = new Option<bool>("--request") { Description = "Show the request that each attempt sends instead." };
        var command = new Command("get", "Shows where a notification is, what was tried and what came back.") { id, request };

        command.Run(connection, async context =>
        {
            var wanted = context.Parsed.GetValue(id)!;

            if (context.Parsed.GetValue(request))
            {
                context.Printer.Print(await context.Client.GetRequestAsync(wanted, context.CancellationToken), Describe);
            }
            else
            {
                context.Printer.Print(await context.Client.GetAsync(wanted, context.CancellationToken), Words.Details);
            }

            return ExitCode.Done;
        });

        return command;
    }

    private static string Describe(StoredRequest request)
    {
        var headers = request.Headers.Select(header => $"{header.Key}: {header.Value}").ToList();

        if (request.ContentType is { } contentType)
        {
            headers.Add($"Content-Type: {contentType}");
        }

        var body = request.Payload?.GetRawText() ?? request.PayloadText ?? request.PayloadBase64;
        var lines = headers.Prepend(string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.Url}")).Append("").Append(body);

        return string.Join(Environment.NewLine, lines).TrimEnd();
    }
}
