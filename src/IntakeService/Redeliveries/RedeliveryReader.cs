using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Urls;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>Reads what an operator asks for field by field, so that one answer names everything that is wrong with it. <see cref="RedeliveryRules"/> says what is allowed.</summary>
internal static class RedeliveryReader
{
    public const string OnlyStatus = "FAILED";

    private const string From = "from";
    private const string To = "to";
    public const string Status = "status";
    private const string Host = "host";
    public const string Category = "category";
    private const string Rate = "ratePerSecond";

    private static readonly string[] Fields = [From, To, Status, Host, Category, Rate];

    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public static (RedeliveryFilter Filter, int RatePerSecond)? Read(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, Fields, errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (from, to) = Window(fields, now);
        CheckStatus(fields);
        var filter = new RedeliveryFilter(from, to, HostIn(fields), CategoryIn(fields));
        var rate = fields.WholeNumber(Rate, RedeliveryRules.MinRate, RedeliveryRules.MaxRate) ?? RedeliveryRules.DefaultRate;

        return errors.Any ? null : (filter, rate);
    }

    /// <summary>Of what is redelivered by endpoint or tenant, which the path says.</summary>
    /// <returns>Null when anything is wrong; <paramref name="errors"/> says what.</returns>
    public static (DateTimeOffset From, DateTimeOffset To, int RatePerSecond)? ReadWindow(JsonOutline json, DateTimeOffset now, FieldErrors errors)
    {
        var fields = new FieldReader(json, [From, To, Rate], errors);

        if (json.Root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (from, to) = Window(fields, now);
        var rate = fields.WholeNumber(Rate, RedeliveryRules.MinRate, RedeliveryRules.MaxRate) ?? RedeliveryRules.DefaultRate;

        return errors.Any ? null : (from, to, rate);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(FieldReader fields, DateTimeOffset now)
    {
        var from = Required(fields, From);
        var to = Required(fields, To);

        RedeliveryRules.CheckWindow(From, To, from, to, now, fields.Errors.Add);

        return (from ?? default, to ?? default);
    }

    private static DateTimeOffset? Required(FieldReader fields, string name)
    {
        if (fields.Find(name) is null)
        {
            fields.Errors.Add(name, $"is required: {Rfc3339.Allowed}.");
            return null;
        }

        return TimeText.Read(fields, name);
    }

    /// <summary>Named although there is one only, so that nobody redelivers what they did not mean to.</summary>
    private static void CheckStatus(FieldReader fields)
    {
        if (fields.Text(Status, OnlyStatus) != OnlyStatus)
        {
            fields.Errors.Add(Status, $"must be {OnlyStatus}.");
        }
    }

    private static string? HostIn(FieldReader fields)
    {
        if (fields.Text(Host, HostAndPort.Allowed) is not { } text)
        {
            return null;
        }

        var host = RedeliveryRules.Host(text, out var why);

        if (host is null)
        {
            fields.Errors.Add(Host, why!);
        }

        return host;
    }

    private static DeliveryCategory? CategoryIn(FieldReader fields)
    {
        var text = fields.Text(Category, RedeliveryRules.AllowedCategories);

        if (text is null)
        {
            return null;
        }

        if (Vocabulary.TryParse<DeliveryCategory>(text, out var category) && RedeliveryRules.Categories.Contains(category))
        {
            return category;
        }

        fields.Errors.Add(Category, $"must be {RedeliveryRules.AllowedCategories}.");
        return null;
    }
}
