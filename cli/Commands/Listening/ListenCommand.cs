using System.CommandLine;
using Waybill.Cli.Input;
using Waybill.Client;
using Waybill.Notifications.Signing;

namespace Waybill.Cli.Commands.Listening;

/// <summary>Posts what an endpoint gets to a URL of this machine, too, and prints each answer, until Ctrl+C. It asks for what is new: nothing has to reach this machine from outside.</summary>
internal static class ListenCommand
{
    private const string SecretVariable = "WEBHOOK_SECRET";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(ConnectionOptions connection)
    {
        var url = new Argument<string>("url") { Description = "Where to post it, such as http://localhost:3000/hook." };
        var endpoint = new Option<string>("--endpoint") { Description = "The id of the endpoint, ep_….", Required = true };
        var since = Times.Option("--since", "Begin with what was created then or later; now by default.");
        var secret = new Option<string?>("--secret")
        {
            Description = $"Sign with this secret, whsec_…, as receivers verify it. Also {SecretVariable}; otherwise nothing is signed.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(SecretVariable),
        };
        var command = new Command("listen", "Posts each new notification of an endpoint to a URL of this machine, until Ctrl+C. The endpoint itself gets it as ever; an answer here changes nothing.")
        {
            url, endpoint, since, secret,
        };

        command.Run(connection, async context =>
        {
            using var forwarder = new Forwarder(Target(context.Parsed.GetValue(url)!), Key(context.Parsed.GetValue(secret)));
            var arrivals = new Arrivals(context.Client, new NotificationFilter
            {
                EndpointId = context.Parsed.GetValue(endpoint),
                From = context.Parsed.GetValue(since) ?? DateTimeOffset.UtcNow,
                Limit = Arrivals.PageSize,
            });

            return await new Listener(context, arrivals, forwarder).RunAsync(Interval);
        });

        return command;
    }

    private static Uri Target(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new InputException($"The URL must be an http or https address, such as http://localhost:3000/hook, but is '{text}'.");

    private static byte[]? Key(string? secret) => string.IsNullOrEmpty(secret)
        ? null
        : SigningSecret.Parse(secret) ?? throw new InputException(
            $"The secret must be '{SigningSecret.Prefix}' and the base 64 of {SigningSecret.MinBytes} to {SigningSecret.MaxBytes} bytes: 'waybill endpoints secret' shows it.");
}
