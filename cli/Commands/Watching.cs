using Spectre.Console;
using Waybill.Cli.Output;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands;

/// <summary>Follows one notification until it is final.</summary>
internal static class Watching
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <returns>The exit code that its end means.</returns>
    public static async Task<int> UntilFinalAsync(CommandContext context, string id)
    {
        var last = await context.Client.GetAsync(id, context.CancellationToken);

        await context.Printer.Progress.Status().StartAsync(Escaped(last), async status =>
        {
            await foreach (var reading in context.Client.FollowAsync(last, Interval, context.CancellationToken))
            {
                last = reading;
                status.Status(Escaped(last));
            }
        });

        context.Printer.Print(last, Words.Details);
        return last.Status == NotificationStatus.Success ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Escaped(NotificationView notification) => Markup.Escape(Describe(notification));

    private static string Describe(NotificationView notification)
    {
        var made = notification.History.Count(attempt => attempt.Epoch == notification.Epoch);
        var state = $"{notification.Id} is {Words.State(notification)}, {made} of {notification.MaxAttempts} attempts made";

        return notification.Waiting switch
        {
            { Until: { } until } waiting when until > DateTimeOffset.UtcNow => $"{state}, {waiting.Reason} for {(until - DateTimeOffset.UtcNow).TotalSeconds:0} s",
            { } waiting => $"{state}, {waiting.Reason}",
            null => state,
        };
    }
}
