using Waybill.Notifications.Delivery;
using Waybill.Notifications.Queue;

namespace Waybill.Notifications.Tests;

public sealed class DeliveryTimingTests
{
    [Fact]
    public void Attempt_lease_due_time_and_visibility_are_each_longer_than_the_one_before()
    {
        for (var timeout = DeliveryTiming.MinTimeoutSeconds; timeout <= DeliveryTiming.MaxTimeoutSeconds; timeout++)
        {
            var lease = DeliveryTiming.LeaseFor(timeout);

            Assert.True(lease > TimeSpan.FromSeconds(timeout));
            Assert.True(DeliveryTiming.DueAfterDispatch(timeout) > lease);
            Assert.True(TimeSpan.FromSeconds(QueueDefinition.VisibilityTimeoutSeconds) > lease);
        }
    }
}
