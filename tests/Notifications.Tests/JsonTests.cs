using System.Text.Json;
using Waybill.Notifications.Json;
using Waybill.Notifications.Records;
using Waybill.Notifications.StatusApi.Redeliveries;

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

    [Fact]
    public void The_stored_and_the_published_spelling_of_a_word_are_one()
    {
        Assert.Equal(["PENDING", "QUEUED", "PROCESSING", "SUCCESS", "FAILED"], Vocabulary.Texts<NotificationStatus>());
        Assert.Equal(9, Vocabulary.Texts<DeliveryCategory>().Count);

        AssertOneSpelling<NotificationStatus>();
        AssertOneSpelling<DeliveryCategory>();
        AssertOneSpelling<RedeliveryJobStatus>();
    }

    /// <summary>Rules out that a release that is rolled back cannot read what the newer one has written.</summary>
    [Theory]
    [InlineData("HELD_BACK")]
    [InlineData("failed")]
    [InlineData("Ünknown ✓")]
    [InlineData("")]
    public void A_word_that_this_release_does_not_know_is_read_kept_and_written_as_it_is(string word)
    {
        AssertKept<NotificationStatus>(word);
        AssertKept<DeliveryCategory>(word);
        AssertKept<RedeliveryJobStatus>(word);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("\"A_WORD_OF_SIXTY_FIVE_CHARACTERS_IS_NO_WORD_OF_ANY_RELEASE_BUT_A_SL\"")]
    public void What_is_no_word_is_refused(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NotificationStatus>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DeliveryCategory>(json));
    }

    [Fact]
    public void What_somebody_asks_for_must_be_a_word_of_this_release_in_its_exact_spelling()
    {
        Assert.True(Vocabulary.TryParse<NotificationStatus>("FAILED", out var failed));
        Assert.Equal(NotificationStatus.Failed, failed);
        Assert.All(["failed", "HELD_BACK", "", null], text => Assert.False(Vocabulary.TryParse<NotificationStatus>(text, out _)));
    }

    [Fact]
    public void A_record_in_a_status_that_this_release_does_not_know_is_not_known_to_be_final()
    {
        var json = NotificationExample.View.Replace("\"status\": \"SUCCESS\"", "\"status\": \"HELD_BACK\"", StringComparison.Ordinal)
            .Replace("\"category\": \"SUCCESS\"", "\"category\": \"MOVED\"", StringComparison.Ordinal);

        var view = JsonSerializer.Deserialize(json, NotificationsJson.Default.NotificationView)!;
        var written = JsonSerializer.Serialize(view, NotificationsJson.Default.NotificationView);

        Assert.False(view.IsFinal);
        Assert.Equal(("HELD_BACK", "MOVED", "MOVED"), (view.Status.Text(), view.DeliveryResult!.Category.Text(), view.History[0].Category.Text()));
        Assert.Contains("\"status\":\"HELD_BACK\"", written, StringComparison.Ordinal);
        Assert.Contains("\"category\":\"MOVED\"", written, StringComparison.Ordinal);
    }

    private static void AssertOneSpelling<T>()
        where T : struct, IVocabulary<T> => Assert.All(T.Known, word =>
        {
            Assert.True(word.IsKnown());
            Assert.Equal(word, T.Of(word.Text()));
            AssertKept<T>(word.Text());
        });

    private static void AssertKept<T>(string text)
        where T : struct, IVocabulary<T>
    {
        var json = JsonSerializer.Serialize(T.Of(text));
        var read = JsonSerializer.Deserialize<T>(json);

        Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
        Assert.Equal((text, T.Of(text)), (read.Text(), read));
    }

    private sealed record DateTimeHolder(HistoryEntry Entry);

    private static class HolderJson
    {
        public static readonly JsonSerializerOptions Options = new(NotificationsJson.Default.Options)
        {
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        };
    }
}
