using System.Globalization;
using System.Text.Json;
using Waybill.IntakeService.Submissions.Bodies;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

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
    private const string Status = "status";
    private const string Host = "host";
    private const string Category = "category";
    private const string Rate = "ratePerSecond";

    private static readonly string[] Fields = [From, To, Status, Host, Category, Rate];

    /// <summary>What can have failed: a success has not.</summary>
    private static readonly DeliveryCategory[] Categories = [.. Enum.GetValues<DeliveryCategory>().Where(category => category != DeliveryCategory.Success)];

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
            fields.Errors.Add(name, $"is required: {TimeText.Allowed}.");
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
        const string Allowed = "a host such as example.com or example.com:8443";
        var host = fields.Text(Host, Allowed);

        if (host is not null && (host.Length is 0 or > MaxHostLength || host.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '/' or '@')))
        {
            fields.Errors.Add(Host, $"must be {Allowed}.");
        }

        return host?.ToLowerInvariant();
    }

    private static DeliveryCategory? CategoryIn(FieldReader fields)
    {
        var allowed = $"one of {string.Join(", ", Categories.Select(category => category.Text()))}";
        var text = fields.Text(Category, allowed);

        if (text is null)
        {
            return null;
        }

        if (Categories.Any(category => category.Text() == text))
        {
            return DeliveryCategoryText.Parse(text);
        }

        fields.Errors.Add(Category, $"must be {allowed}.");
        return null;
    }
}
