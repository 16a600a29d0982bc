using System.Net.Http.Json;
using System.Text.Json;
using Waybill.StatusService.Tests.Support;

namespace Waybill.StatusService.Tests.Authentication;

/// <summary>Each with a service of its own, as the failures of an address count for all.</summary>
[Collection(StatusCollection.Name)]
public sealed class KeyTests(StatusFixture fixture)
{
    [Fact]
    public async Task A_key_that_is_added_or_removed_while_the_service_runs_is_accepted_or_refused_without_a_restart()
    {
        await using var settings = await KeySettings.StartAsync(fixture, ("old-key", null));
        Assert.Equal(200, await settings.StatusOfAsync("old-key"));

        await settings.WriteAsync(("old-key", null), ("new-key", null));
        await settings.PrintsAsync("2 API keys are accepted");
        Assert.Equal((200, 200), (await settings.StatusOfAsync("old-key"), await settings.StatusOfAsync("new-key")));

        await settings.WriteAsync(("new-key", null));
        await settings.PrintsAsync("1 API keys are accepted");
        Assert.Equal((401, 200), (await settings.StatusOfAsync("old-key"), await settings.StatusOfAsync("new-key")));
    }

    [Theory]
    [InlineData("""{"ApiKeys":{"Keys":[{"Name":"alice","Owner":"alice","Sha256":"short"}]}}""", "64 hexadecimal digits")]
    [InlineData("""{"ApiKeys":{"Keys":[{"Name":"alice","Owner":"alice","ExpiresAt":"soon"}]}}""", "ExpiresAt")]
    public async Task Keys_that_cannot_be_used_are_reported_and_lock_nobody_out(string text, string reported)
    {
        await using var settings = await KeySettings.StartAsync(fixture, ("key", null));

        await settings.WriteTextAsync(text);
        await settings.PrintsAsync("The API keys stay as they were");

        Assert.Contains(reported, settings.Service.Printed, StringComparison.Ordinal);
        Assert.Equal(200, await settings.StatusOfAsync("key"));

        await settings.WriteAsync(("other-key", null));
        await settings.BecomesAsync("other-key", 200);
    }

    [Fact]
    public async Task A_key_is_accepted_until_it_expires()
    {
        await using var settings = await KeySettings.StartAsync(
            fixture,
            ("for-long", DateTimeOffset.UtcNow.AddHours(1)),
            ("over", DateTimeOffset.UtcNow.AddMinutes(-1)));

        Assert.Equal((200, 401), (await settings.StatusOfAsync("for-long"), await settings.StatusOfAsync("over")));
    }

    [Fact]
    public async Task Who_tries_too_many_keys_is_told_to_come_back_and_learns_nothing_more_while_those_at_work_go_on()
    {
        await using var settings = await KeySettings.StartAsync(fixture, ("at-work", null), ("not-seen-yet", null));
        Assert.Equal(200, await settings.StatusOfAsync("at-work"));

        var statuses = new List<int>();

        for (var guess = 0; guess < 10; guess++)
        {
            statuses.Add(await settings.StatusOfAsync($"guess-{guess}"));
        }

        using var limited = await settings.CallAsync("guess");
        var problem = await limited.Content.ReadFromJsonAsync<JsonElement>();

        // The key that was accepted had been new here, too.
        Assert.Equal([401, 401, 401, 401], statuses.Take(4));
        Assert.Contains(429, statuses);
        Assert.Equal("urn:waybill:problem:too-many-requests", problem.GetProperty("type").GetString());
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        Assert.Equal(200, await settings.StatusOfAsync("at-work"));
        Assert.Equal(429, await settings.StatusOfAsync("not-seen-yet"));
        Assert.Equal(401, await settings.StatusOfAsync(null));
    }
}
