using System.Globalization;
using Waybill.Notifications.Storage;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store.Recent;

/// <summary>How the hours of older releases are stored: one item, with hours that follow each other as one run, such as <c>2026112019+7</c>.</summary>
internal static class OlderHoursItem
{
    private const string Format = "yyyyMMddHH";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static Item Key() => new()
    {
        [StoredNames.Id] = StoredValue.Of(TableDefinition.Partitions),
        [StoredNames.Kind] = StoredValue.Of(TableDefinition.OlderHoursItem),
    };

    public static Item Write(KnownHours known)
    {
        var item = Key();
        item[StoredNames.Older.From] = StoredValue.Of(known.From);
        item[StoredNames.Older.To] = StoredValue.Of(known.To);
        item[StoredNames.Older.Number] = StoredValue.Of(known.Number);
        item.AddIf(StoredNames.Older.Hours, known.Hours.Count == 0 ? null : StoredValue.Of(Text(known.Hours)));
        return item;
    }

    public static KnownHours Read(Item item) => new(
        item.RequiredTime(StoredNames.Older.From),
        item.RequiredTime(StoredNames.Older.To),
        [.. Parse(item.Text(StoredNames.Older.Hours) ?? "")],
        item.Long(StoredNames.Older.Number) ?? 0);

    private static string Text(IReadOnlyList<DateTimeOffset> hours)
    {
        var runs = new List<(DateTimeOffset Start, int Count)>();

        foreach (var hour in hours)
        {
            if (runs is [.., var last] && last.Start + (last.Count * Hour) == hour)
            {
                runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                runs.Add((hour, 1));
            }
        }

        return string.Join(' ', runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Start.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}+{run.Count}")));
    }

    private static IEnumerable<DateTimeOffset> Parse(string text)
    {
        foreach (var run in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (run.Split('+') is not [var start, var count])
            {
                throw new FormatException($"'{run}' are no hours.");
            }

            var first = DateTimeOffset.ParseExact(start, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            for (var index = 0; index < int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture); index++)
            {
                yield return first + (index * Hour);
            }
        }
    }
}
