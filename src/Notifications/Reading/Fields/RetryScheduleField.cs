using System.Text.Json;
using Waybill.Notifications.Delivery;

namespace Waybill.Notifications.Reading.Fields;

/// <summary><c>retrySchedule</c>: whole seconds between attempts; <c>[]</c> is one attempt.</summary>
public static class RetryScheduleField
{
    public const string Name = "retrySchedule";

    public static readonly int Longest = (int)RetrySchedule.LongestDelay.TotalSeconds;
    private static readonly string EntryAllowed = $"must be a whole number of seconds from 0 to {Longest}.";

    public static IReadOnlyList<int>? Read(FieldReader fields)
    {
        if (fields.Find(Name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > RetrySchedule.MaxEntries)
        {
            fields.Errors.Add(Name, $"must be an array of at most {RetrySchedule.MaxEntries} delays in whole seconds, such as [5, 60].");
            return null;
        }

        return [.. value.EnumerateArray().Select((entry, index) => Delay(entry, index, fields.Errors))];
    }

    private static int Delay(JsonElement entry, int index, FieldErrors errors)
    {
        if (entry.TryGetWholeNumber(out var seconds) && seconds >= 0 && seconds <= Longest)
        {
            return seconds;
        }

        errors.Add($"{Name}[{index}]", EntryAllowed);
        return 0;
    }
}
