using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Waybill.Client;
using Waybill.Notifications.Records;

namespace Waybill.Cli.Commands;

/// <summary>Sends a file of notifications, one a line, without holding it in memory. Blank lines are passed over.</summary>
internal static class FileSending
{
    /// <summary>As many as intake takes at once.</summary>
    private const int BatchSize = 100;

    /// <summary>Keeps a batch below intake's 8 MiB, also where a character takes more than a byte.</summary>
    private const int BatchCharacters = 2 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <returns><see cref="ExitCode.Failed"/> when any of them was refused.</returns>
    public static async Task<int> SendAsync(CommandContext context, FileInfo file)
    {
        if (!file.Exists)
        {
            throw new InputException($"{file.FullName} does not exist.");
        }

        // Read once before anything is sent, so that a slip in its last line leaves nothing half done.
        var count = await ReadAsync(file, context.CancellationToken).CountAsync(context.CancellationToken);
        var refused = 0;

        await context.Printer.Progress.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask(Markup.Escape(file.Name), maxValue: Math.Max(1, count));

            await foreach (var batch in BatchesAsync(file, context.CancellationToken))
            {
                var results = await context.Client.SubmitBatchAsync([.. batch.Select(one => one.Draft)], context.CancellationToken);

                foreach (var result in results)
                {
                    Report(context, new LineResult(batch[result.Index].Number, result.Id, result.Status, result.Problem));
                    refused += result.Problem is null ? 0 : 1;
                }

                task.Increment(batch.Count);
            }

            task.Value = task.MaxValue;
        });

        context.Printer.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count - refused} stored, {refused} refused."));
        return refused == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Report(CommandContext context, LineResult result)
    {
        if (context.Printer.IsJson)
        {
            context.Printer.Print(result, _ => "");
        }
        else if (result.Problem is { } problem)
        {
            context.Printer.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Line {result.Line} is refused: {problem}"));
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<DraftLine>> BatchesAsync(FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<DraftLine>();
        var characters = 0;

        await foreach (var line in ReadAsync(file, cancellationToken))
        {
            if (batch.Count == BatchSize || (batch.Count > 0 && characters + line.Characters > BatchCharacters))
            {
                yield return batch;
                batch = [];
                characters = 0;
            }

            batch.Add(line);
            characters += line.Characters;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async IAsyncEnumerable<DraftLine> ReadAsync(FileInfo file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;

        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;

            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return new DraftLine(number, line.Length, Parse(file, number, line));
            }
        }
    }

    private static BatchDraft Parse(FileInfo file, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BatchDraft>(line, Json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new InputException($"{file.Name}, line {number}, is no notification: {exception.Message}");
        }
    }

    /// <param name="Number">From 1.</param>
    private sealed record DraftLine(int Number, int Characters, BatchDraft Draft);

    private sealed record LineResult(int Line, string? Id, NotificationStatus? Status, WaybillProblem? Problem);
}
