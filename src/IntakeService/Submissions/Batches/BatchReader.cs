using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Waybill.IntakeService.Submissions.Fields;

namespace Waybill.IntakeService.Submissions.Batches;

/// <summary>Reads what is around the entries. What is wrong with it refuses the batch; what is wrong with an entry, only that.</summary>
internal static class BatchReader
{
    public const string Notifications = "notifications";
    public const int MaxEntries = 100;

    /// <returns>The entries, not yet read; none when anything is wrong, and <paramref name="errors"/> says what.</returns>
    public static IReadOnlyList<JsonElement> Entries(JsonElement root, StringValues idempotencyKeyHeader, FieldErrors errors)
    {
        if (idempotencyKeyHeader.Count > 0)
        {
            // Ignored, it would let a client believe that repeating the batch is safe.
            errors.Add(IdempotencyKeyHeader.Name, $"is for a single notification; give each entry an {IdempotencyKeyField.Name}.");
        }

        var fields = new FieldReader(root, [Notifications], errors);
        var entries = fields.Find(Notifications);

        if (root.ValueKind == JsonValueKind.Object && !IsAllowed(entries))
        {
            errors.Add(Notifications, $"must be an array of 1 to {MaxEntries} notifications.");
        }

        return errors.Any ? [] : [.. entries!.Value.EnumerateArray()];
    }

    private static bool IsAllowed(JsonElement? entries) =>
        entries is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() is > 0 and <= MaxEntries;
}
