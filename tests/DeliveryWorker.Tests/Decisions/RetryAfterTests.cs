using Waybill.DeliveryWorker.Delivery;
using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class RetryAfterTests
{
    private const int Day = 86_400;

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("90.5", 91)]
    [InlineData("90.0", 90)]
    [InlineData("0.001", 1)]
    [InlineData("\t007.50 ", 8)]
    [InlineData("86399.5", Day)]
    [InlineData("86400.5", Day)]
    [InlineData("99999999999999999999999.9", Day)]
    [InlineData("86400", Day)]
    [InlineData("86401", Day)]
    [InlineData("99999999999999999999999", Day)]
    [InlineData("Fri, 20 Nov 2026 19:32:14 GMT", 60)]
    [InlineData("Friday, 20-Nov-26 19:32:14 GMT", 60)]
    [InlineData("Fri Nov 20 19:32:14 2026", 60)]
    [InlineData("Fri, 20 Nov 2026 19:00:00 GMT", 0)]
    [InlineData("Fri, 20 Nov 2099 19:00:00 GMT", Day)]
    public void A_wish_is_read_in_every_form_and_bounded(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, A.Moment));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData("-0.5")]
    [InlineData("5.")]
    [InlineData(".5")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData("٣")]
    [InlineData("5, 6")]
    [InlineData("2026-11-20T19:32:14Z")]
    public void What_is_no_wish_is_none(string? value) =>
        Assert.Null(RetryAfter.Parse(value, A.Moment));

    [Fact]
    public void Of_several_the_longest_counts()
    {
        Assert.Equal(TimeSpan.FromSeconds(120), RetryAfter.Parse(["5", "soon", "120", "Fri, 20 Nov 2026 19:32:14 GMT"], A.Moment));
        Assert.Null(RetryAfter.Parse(["soon"], A.Moment));
        Assert.Null(RetryAfter.Parse([], A.Moment));
    }
}
