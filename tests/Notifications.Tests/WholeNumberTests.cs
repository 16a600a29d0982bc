using Waybill.Notifications.Json;

namespace Waybill.Notifications.Tests;

/// <summary>Rules out that a whole number is refused for its spelling, that another is rounded to one, or that a short one takes long.</summary>
public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("0e5", 0)]
    [InlineData("0E-999999999999999999999", 0)]
    [InlineData("15", 15)]
    [InlineData("15.0", 15)]
    [InlineData("15.000000000000000000000000000000000000000000000000000000", 15)]
    [InlineData("1.5e1", 15)]
    [InlineData("1.50E+1", 15)]
    [InlineData("150e-1", 15)]
    [InlineData("1e0", 1)]
    [InlineData("0.15e2", 15)]
    [InlineData("0.0000000000000000000015e22", 15)]
    [InlineData("15000000000000000000000000000000e-30", 15)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("2.147483647e9", int.MaxValue)]
    [InlineData("-2147483647", -int.MaxValue)]
    [InlineData("1e9", 1_000_000_000)]
    public void A_whole_number_is_one_however_it_is_written(string text, int expected)
    {
        Assert.True(WholeNumber.TryParse(text, out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("15.5")]
    [InlineData("15.00000000000000000000000000000000000000000000000001")]
    [InlineData("1e-1")]
    [InlineData("1.55e1")]
    [InlineData("2147483648")]
    [InlineData("1e10")]
    [InlineData("1e400")]
    [InlineData("1e999999999999999999999999999")]
    [InlineData("1e-999999999999999999999999999")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.0")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("١")]
    [InlineData("NaN")]
    public void Anything_else_is_none(string? text) => Assert.False(WholeNumber.TryParse(text, out _));

    [Fact]
    public void A_number_as_long_as_a_request_may_be_is_read_in_one_go()
    {
        Assert.True(WholeNumber.TryParse($"7.{new string('0', 8 * 1024 * 1024)}", out var seven));
        Assert.Equal(7, seven);
        Assert.False(WholeNumber.TryParse($"7.{new string('0', 8 * 1024 * 1024)}1", out _));
    }
}
