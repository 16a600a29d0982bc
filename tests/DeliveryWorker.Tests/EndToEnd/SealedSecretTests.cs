using Waybill.DeliveryWorker.Tests.Support;
using Waybill.Notifications.Records;
using Waybill.TestSupport;

namespace Waybill.DeliveryWorker.Tests.EndToEnd;

/// <summary>Rules out that a worker which cannot open an endpoint's secret sends anything, loses what it was to send, or takes it again and again.</summary>
[Collection(WorkerCollection.Name)]
public sealed class SealedSecretTests(WorkerFixture fixture)
{
    [Theory]
    [InlineData("sealed-with-another", "another")]
    [InlineData("sealed-with-another-of-the-id", null)]
    public async Task Without_the_key_that_sealed_the_secret_an_attempt_fails_and_with_it_the_next_one_is_signed(string queue, string? id)
    {
        await fixture.ProvisionAsync(queue);
        (string, string)[] settings = [("Delivery__QueueName", queue), ("Sealing__Keys__0__Id", id ?? TestKeys.Sealing.Id), ("Sealing__Keys__0__Key", Convert.ToBase64String(new byte[32]))];

        await using var worker = await fixture.StartWorkerAsync(settings);
        var (secret, notification) = await fixture.PublishAsync(fixture.Receiver.Url($"/hook/{queue}"), queue, retrySchedule: [0, 0]);

        var failed = await fixture.HasResultAsync(notification.Id);
        await fixture.EmptiesAsync(queue);

        Assert.Equal((NotificationStatus.Failed, false, 1, 1), (failed.Status, failed.IsFinal, failed.Attempts, failed.Claims));
        Assert.Equal((DeliveryCategory.Blocked, "secret_sealed", true), (failed.DeliveryResult!.Category, failed.DeliveryResult.ErrorDetails!.Code, failed.DeliveryResult.RetryEligible));
        Assert.Contains($"'{TestKeys.Sealing.Id}'", failed.DeliveryResult.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.NotNull(failed.NextAttemptAt);
        Assert.Empty(fixture.Receiver.Received($"/hook/{queue}"));

        await fixture.SendAsync(notification.Id);

        var delivered = await fixture.BecomesAsync(notification.Id, record => record.IsFinal);
        var received = Assert.Single(fixture.Receiver.Received($"/hook/{queue}"));
        var timestamp = long.Parse(received.Headers["webhook-timestamp"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((NotificationStatus.Success, 2), (delivered.Status, delivered.History.Count));
        Assert.Equal(Signers.With(secret).Sign("shop", notification.WebhookId, timestamp, "{}"u8), received.Headers["webhook-signature"]);
    }
}
