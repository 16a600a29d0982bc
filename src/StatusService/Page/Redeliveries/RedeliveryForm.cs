using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.StatusService.Page.Redeliveries;

/// <summary>What an operator fills in: a window of time, and maybe one host or one kind of failure. <see cref="RedeliveryRules"/> says what is allowed.</summary>
/// <param name="From">Created at this time or later.</param>
/// <param name="To">Created before this time.</param>
/// <param name="Host">With its port or without; null for all.</param>
/// <param name="Category">Null for all.</param>
internal sealed record RedeliveryForm(DateTimeOffset From, DateTimeOffset To, string? Host, DeliveryCategory? Category)
{
    /// <summary>What the page calls the window's ends.</summary>
    private const string Start = "from";
    private const string End = "until";

    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public RedeliveryFilter? Filter(DateTimeOffset now, Dictionary<string, string[]> errors)
    {
        RedeliveryRules.CheckWindow(Start, End, From, To, now, (name, why) => errors.TryAdd(name, [why]));
        string? host = null;

        if (Host is not null && (host = RedeliveryRules.Host(Host, out var why)) is null)
        {
            errors["host"] = [why!];
        }

        if (Category is { } category && !RedeliveryRules.Categories.Contains(category))
        {
            errors["category"] = [$"must be {RedeliveryRules.AllowedCategories}."];
        }

        return errors.Count > 0 ? null : new RedeliveryFilter(From.ToUniversalTime(), To.ToUniversalTime(), host, Category);
    }
}
