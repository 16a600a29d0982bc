using System.Globalization;
using Spectre.Console;
using Waybill.Cli.Output;
using Waybill.Client;

namespace Waybill.Cli.Commands;

/// <summary>Writes an export as it comes, without holding it.</summary>
internal static class Exporting
{
    private const int BufferBytes = 128 * 1024;

    public static async Task<int> RunAsync(CommandContext context, ExportOrder order)
    {
        if (order.File is not { } path)
        {
            await using var standardOutput = StandardOutput.Open();

            try
            {
                await CopyAsync(context, order, standardOutput);
                return ExitCode.Done;
            }
            catch (IOException exception) when (StandardOutput.IsClosed(exception))
            {
                return ExitCode.NobodyReads;
            }
        }

        using var file = ExportFile.Create(path, order.Overwrites);
        var records = await CopyAsync(context, order, file.Content);

        file.Complete();
        context.Printer.Print(new ExportResult(path, records), Describe);
        return ExitCode.Done;
    }

    /// <returns>How many notifications.</returns>
    private static async Task<long> CopyAsync(CommandContext context, ExportOrder order, Stream output)
    {
        using var export = await context.Client.OpenExportAsync(order.Filter, order.Format, context.CancellationToken);
        var counter = new RecordCounter(order.Format);

        if (order.TellsProgress)
        {
            var console = context.Printer.Progress;
            var progress = new ExportProgress(console.Profile.Capabilities.Interactive, export.AcceptedEstimate);

            await console.Status().StartAsync("The export begins.", status => CopyAsync(context, export, output, counter, () => progress.Show(status, counter.Records)));
            console.WriteLine(progress.Total(counter.Records));
        }
        else
        {
            await CopyAsync(context, export, output, counter, () => { });
        }

        return counter.Records;
    }

    private static async Task CopyAsync(CommandContext context, NotificationExport export, Stream output, RecordCounter counter, Action copied)
    {
        var buffer = new byte[BufferBytes];

        while (await export.ReadAsync(buffer, context.CancellationToken) is var count and > 0)
        {
            var bytes = buffer.AsMemory(0, count);

            await output.WriteAsync(bytes, context.CancellationToken);
            counter.Add(bytes.Span);
            copied();
        }
    }

    private static string Describe(ExportResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result.File} has {result.Notifications:N0} notifications.");

    private sealed record ExportResult(string File, long Notifications);
}

/// <summary>What to export, and where to.</summary>
internal sealed record ExportOrder
{
    public required NotificationFilter Filter { get; init; }

    public required ExportFormat Format { get; init; }

    /// <summary>Null for standard output.</summary>
    public required string? File { get; init; }

    public required bool Overwrites { get; init; }

    public required bool TellsProgress { get; init; }
}
