using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Waybill.IntakeService.Submissions.Fields;

namespace Waybill.IntakeService.Submissions.Batches;

/// <summary>Reads what is around the entries. What is wrong with it refuses the batch; what is wrong with an entry, only that.</summary>
internal static class BatchReader
{
    public const string Notifications = "notifications";
    public const int MaxEntries = 100;

    /// <summary>Read one by one, as they are worked on.</summary>
    public static IReadOnlyList<string> PassedOn { get; } = [Notifications];

    /// <param name="json">With the field that is passed on apart.</param>
    /// <param name="field">That holds the entries.</param>
    /// <returns>The entries, not yet read; none when anything is wrong, and <paramref name="errors"/> says what.</returns>
    public static IReadOnlyList<ReadOnlySequence<byte>> Entries(JsonOutline json, string field, StringValues idempotencyKeyHeader, FieldErrors errors)
    {
        if (idempotencyKeyHeader.Count > 0)
        {
            // Ignored, it would let a client believe that repeating the batch is safe.
            errors.Add(IdempotencyKeyHeader.Name, $"is for one alone; give each entry an {IdempotencyKeyField.Name}.");
        }

        var fields = new FieldReader(json, [field], errors);
        var entries = fields.Find(field) is { ValueKind: JsonValueKind.Array } ? Split(fields.Whole(field)) : [];

        if (json.Root.ValueKind == JsonValueKind.Object && entries.Count is 0 or > MaxEntries)
        {
            errors.Add(field, $"must be an array of 1 to {MaxEntries} {field}.");
        }

        return errors.Any ? [] : entries;
    }

    /// <returns>One more than there may be at most, as it is then known that there are too many.</returns>
    private static List<ReadOnlySequence<byte>> Split(in ReadOnlySequence<byte> array)
    {
        var entries = new List<ReadOnlySequence<byte>>();
        var reader = new Utf8JsonReader(array, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonOutline.MaxDepth }));
        reader.Read();

        while (entries.Count <= MaxEntries && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStartIndex;
            reader.Skip();
            entries.Add(array.Slice(start, reader.BytesConsumed - start));
        }

        return entries;
    }
}
