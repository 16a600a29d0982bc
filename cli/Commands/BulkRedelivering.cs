using System.Globalization;
using Spectre.Console;
using Waybill.Client;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Cli.Commands;

/// <summary>Starts a bulk redelivery and follows it. Ctrl+C ends the following, not the job, which goes on by itself.</summary>
internal static class BulkRedelivering
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <returns><see cref="ExitCode.Failed"/> when somebody else stopped it.</returns>
    public static async Task<int> RunAsync(CommandContext context, BulkRedeliveryDraft draft)
    {
        var job = await context.Client.StartRedeliveryAsync(draft, context.CancellationToken);
        context.Printer.Progress.WriteLine($"{job.Id} goes on by itself, also when this ends.");

        await context.Printer.Progress.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask(Describe(job), maxValue: 1);

            await foreach (var reading in context.Client.FollowAsync(job, Interval, context.CancellationToken))
            {
                job = reading;
                task.Value = job.Progress;
                task.Description = Describe(job);
            }
        });

        context.Printer.Print(job, Describe);
        return job.Status == RedeliveryJobStatus.Completed ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Describe(BulkRedelivery job) => string.Create(
        CultureInfo.InvariantCulture,
        $"{job.Id} {job.Status.Text()}: {job.Counts.Redelivered} redelivered, {job.Counts.Skipped} skipped of {job.Counts.Matched} that failed");
}
