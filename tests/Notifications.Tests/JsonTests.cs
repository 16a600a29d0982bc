using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;

namespace Waybill.Notifications.Tests;

public sealed class JsonTests
{
    [Fact]
    public void Times_are_in_utc_with_milliseconds()
    {
        var lease = new HistoryEntry
        {
            Number = 1,
            Epoch = 0,
            StartedAt = new DateTimeOffset(2026, 11, 20, 21, 4, 5, 6, TimeSpan.FromHours(2)),
            Category = DeliveryCategory.ClientError,
        };

        var json = JsonSerializer.Serialize(new DateTimeHolder(lease), HolderJson.Options);

        Assert.Equal("""{"entry":{"number":1,"epoch":0,"startedAt":"2026-11-20T19:04:05.006Z","category":"CLIENT_ERROR"}}""", json);
    }

    [Theory]
    [InlineData(NotificationStatus.Pending)]
    [InlineData(NotificationStatus.Queued)]
    [InlineData(NotificationStatus.Processing)]
    [InlineData(NotificationStatus.Success)]
    [InlineData(NotificationStatus.Failed)]
    public void The_stored_and_the_published_spelling_of_a_status_are_one(NotificationStatus status)
    {
        Assert.Equal($"\"{status.Text()}\"", JsonSerializer.Serialize(status));
        Assert.Equal(status, NotificationStatusText.Parse(status.Text()));
    }

    [Fact]
    public void The_stored_and_the_published_spelling_of_a_category_are_one() =>
        Assert.All(Enum.GetValues<DeliveryCategory>(), category =>
        {
            Assert.Equal($"\"{category.Text()}\"", JsonSerializer.Serialize(category));
            Assert.Equal(category, DeliveryCategoryText.Parse(category.Text()));
        });

    private sealed record DateTimeHolder(HistoryEntry Entry);

    private static class HolderJson
    {
        public static readonly JsonSerializerOptions Options = new(NotificationsJson.Default.Options)
        {
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        };
    }
}
