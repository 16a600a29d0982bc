using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Store;

/// <summary>Where a page of what is due ends: the last entry of the index that is on it.</summary>
internal sealed record DuePosition(long Milliseconds, string Kind, string Id)
{
    public static DuePosition Of(Item key) => new(
        key.Long(StoredNames.DueAt) ?? 0,
        key.RequiredText(StoredNames.Kind),
        key.RequiredText(StoredNames.Id));

    /// <summary>Opaque to the one who asks for the next page; fit for a query string.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}.{Kind}.{Id}");

    public static bool TryParse(string text, [NotNullWhen(true)] out DuePosition? position)
    {
        position = text.Split('.', 3) is [var time, { Length: > 0 } kind, { Length: > 0 } id]
            && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            ? new DuePosition(milliseconds, kind, id)
            : null;

        return position is not null;
    }

    /// <summary>As DynamoDB wants it.</summary>
    public Item Key(string shard) => new()
    {
        [StoredNames.Id] = StoredValue.Of(Id),
        [StoredNames.Kind] = StoredValue.Of(Kind),
        [StoredNames.DueShard] = StoredValue.Of(shard),
        [StoredNames.DueAt] = StoredValue.Of(Milliseconds),
    };
}
