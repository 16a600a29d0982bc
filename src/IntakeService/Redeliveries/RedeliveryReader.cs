using System.Globalization;
using System.Text.Json;
using Waybill.IntakeService.Submissions.Bodies;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;
using Waybill.Notifications.Urls;

namespace Waybill.IntakeService.Redeliveries;

/// <summary>Reads what an operator asks for field by field, so that one answer names everything that is wrong with it.</summary>
internal static class RedeliveryReader
{
    public const string OnlyStatus = "FAILED";
    public const int MaxHostLength = 261;
    public const int MinRate = 1;
    public const int MaxRate = 1000;
    public const int DefaultRate = 50;

    private const string From = "from";
    private const string To = "to";
    public const string Status = "status";
    private const string Host = "host";
    public const string Category = "category";
    private const string Rate = "ratePerSecond";

    private static readonly string[] Fields = [From, To, Status, Host, Category, Rate];

    /// <summary>What can have failed: a success has not.</summary>
    public static readonly DeliveryCategory[] Categories = [.. DeliveryCategory.Known.Where(category => category != DeliveryCategory.Success)];

    public static IEnumerable<string> CategoryTexts => Categories.Select(category => category.Text());

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    /// <summary>How far the clock of a client may be ahead.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

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
        var rate = fields.WholeNumber(Rate, MinRate, MaxRate) ?? DefaultRate;

        return errors.Any ? null : (filter, rate);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Window(FieldReader fields, DateTimeOffset now)
    {
        var from = Required(fields, From);
        var to = Required(fields, To);

        if (to > now + Tolerance)
        {
            fields.Errors.Add(To, "must not be in the future.");
        }

        if (from >= to || to - from > LongestWindow)
        {
            fields.Errors.Add(From, string.Create(CultureInfo.InvariantCulture, $"must be before 'to', and at most {LongestWindow.Days} days before it."));
        }

        return (from ?? default, to ?? default);
    }

    private static DateTimeOffset? Required(FieldReader fields, string name)
    {
        if (fields.Find(name) is null)
        {
            fields.Errors.Add(name, $"is required: {Rfc3339.Allowed}.");
            return null;
        }

        var time = TimeText.Read(fields, name);

        if (time < DateTimeOffset.UnixEpoch)
        {
            fields.Errors.Add(name, "must be after 1970.");
        }

        return time;
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

        string? why = $"must have at most {MaxHostLength} characters.";
        var host = text.CodePoints() > MaxHostLength ? null : HostAndPort.Normalize(text, out why);

        if (host is null)
        {
            fields.Errors.Add(Host, why!);
        }

        return host;
    }

    private static DeliveryCategory? CategoryIn(FieldReader fields)
    {
        var allowed = $"one of {string.Join(", ", CategoryTexts)}";
        var text = fields.Text(Category, allowed);

        if (text is null)
        {
            return null;
        }

        if (Vocabulary.TryParse<DeliveryCategory>(text, out var category) && Categories.Contains(category))
        {
            return category;
        }

        fields.Errors.Add(Category, $"must be {allowed}.");
        return null;
    }
}
