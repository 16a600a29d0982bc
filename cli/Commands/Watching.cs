using Spectre.Console;
using Waybill.Cli.Output;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands;

/// <summary>Follows one notification, or all of an event, until nothing will happen any more.</summary>
internal static class Watching
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <returns>The exit code that its end means.</returns>
    public static async Task<int> UntilFinalAsync(CommandContext context, string id)
    {
        var first = await context.Client.GetAsync(id, context.CancellationToken);
        var last = await LastAsync(context, first, context.Client.FollowAsync(first, Interval, context.CancellationToken), Describe);

        context.Printer.Print(last, Words.Details);
        return last.Status == NotificationStatus.Success ? ExitCode.Done : ExitCode.Failed;
    }

    /// <returns><see cref="ExitCode.Done"/> where every endpoint has it, and where there is none.</returns>
    public static async Task<int> EventUntilFinalAsync(CommandContext context, string id)
    {
        var first = await context.Client.GetEventAsync(id, context.CancellationToken);
        var last = await LastAsync(context, first, context.Client.FollowAsync(first, Interval, context.CancellationToken), EventWords.Progress);

        context.Printer.Print(last, EventWords.Details);
        return last.Notifications.All(one => one.Status == NotificationStatus.Success) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<T> LastAsync<T>(CommandContext context, T last, IAsyncEnumerable<T> readings, Func<T, string> describe)
    {
        await context.Printer.Progress.Status().StartAsync(Markup.Escape(describe(last)), async status =>
        {
            await foreach (var reading in readings)
            {
                last = reading;
                status.Status(Markup.Escape(describe(last)));
            }
        });

        return last;
    }

    private static string Describe(NotificationView notification)
    {
        var made = notification.History.Count(attempt => attempt.Epoch == notification.Epoch);
        var state = $"{notification.Id} is {Words.State(notification)}, {made} of {notification.MaxAttempts} attempts made";

        return notification.Waiting is { } waiting ? $"{state}, waits: {Words.Waiting(waiting)}" : state;
    }
}
