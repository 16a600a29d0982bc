using Waybill.DeliveryWorker.Tests.Support;

namespace Waybill.DeliveryWorker.Tests.Attempts;

public sealed class StatusTextTests
{
    [Theory]
    [InlineData("Ã¶", "ö")]
    [InlineData("Pas trouv\u00e9", "Pas trouvé")]
    [InlineData("Not\u00a0Found", "Not\u00a0Found")]
    [InlineData("æ\u0097¥æ\u009c¬", "日本")]
    public async Task A_reason_phrase_is_UTF_8_where_it_can_be_and_Latin_1_otherwise(string onTheWire, string text)
    {
        var outcome = await RudeCall.CallAsync(connection => connection.WriteAsync($"HTTP/1.1 404 {onTheWire}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(text, outcome.Response?.StatusText);
    }

    [Fact]
    public async Task It_is_not_cut_within_a_character()
    {
        var emoji = string.Concat(System.Text.Encoding.UTF8.GetBytes("😀").Select(value => (char)value));

        var outcome = await RudeCall.CallAsync(connection => connection.WriteAsync($"HTTP/1.1 404 {new string('x', 99)}{emoji}\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(new string('x', 99), outcome.Response?.StatusText);
    }

    [Fact]
    public async Task Several_wishes_to_wait_are_read()
    {
        var outcome = await RudeCall.CallAsync(connection =>
            connection.WriteAsync("HTTP/1.1 503 Later\r\nRetry-After: 5\r\nRetry-After: 90.5\r\nContent-Length: 0\r\n\r\n"));

        Assert.Equal(TimeSpan.FromSeconds(91), outcome.Response?.RetryAfter);
    }
}
