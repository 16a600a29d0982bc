using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class ResponseCharsetTests
{
    [Theory]
    [InlineData("text/plain; charset=windows-1252", "80 97 93", "€—“")]
    [InlineData("text/plain; charset=cp1252", "80", "€")]
    [InlineData("text/plain; charset=iso-8859-1", "73 63 68 f6 6e 80", "schön€")]
    [InlineData("text/plain; charset=latin1", "93", "“")]
    [InlineData("text/plain; charset=us-ascii", "f6", "ö")]
    [InlineData("text/plain; charset=\"Windows-1252\"", "80", "€")]
    [InlineData("text/plain; CHARSET='windows-1252'", "80", "€")]
    [InlineData("text/plain;charset=windows-1252;", "80", "€")]
    [InlineData("text/html; a=b; charset=windows-1251", "cf f0 e8 e2 e5 f2", "Привет")]
    [InlineData("text/html; charset=cp1251", "cf", "П")]
    [InlineData("text/html; charset=iso-8859-2", "b1", "ą")]
    [InlineData("text/html; charset=iso-8859-15", "a4", "€")]
    [InlineData("text/html; charset=koi8-r", "f0", "П")]
    [InlineData("text/html; charset=shift_jis", "93 fa 96 7b", "日本")]
    [InlineData("text/html; charset=Shift-JIS", "93 fa 96 7b", "日本")]
    [InlineData("text/html; charset=windows-31j", "93 fa", "日")]
    [InlineData("text/html; charset=euc-jp", "c6 fc cb dc", "日本")]
    [InlineData("text/html; charset=euc-kr", "c7 d1", "한")]
    [InlineData("text/html; charset=gbk", "d6 d0", "中")]
    [InlineData("text/html; charset=gb2312", "d6 d0", "中")]
    [InlineData("text/html; charset=big5", "a4 a4", "中")]
    [InlineData("text/plain; charset=utf-16le", "41 00 f6 00", "Aö")]
    [InlineData("text/plain; charset=utf-16", "41 00 f6 00", "Aö")]
    [InlineData("text/plain; charset=utf-16be", "00 41 00 f6", "Aö")]
    [InlineData("text/plain; charset=utf8", "c3 b6", "ö")]
    [InlineData("text/plain; charset=UTF-8", "c3 b6", "ö")]
    public void The_named_charset_is_read(string type, string bytes, string text) => Assert.Equal(text, Excerpt(type, bytes));

    [Theory]
    [InlineData("text/plain; charset=klingon", "c3 b6", "ö")]
    [InlineData("text/plain; charset=klingon", "f6", "ö")]
    [InlineData("text/plain; charset=", "c3 b6", "ö")]
    [InlineData("text/plain; charset=utf-7", "c3 b6", "ö")]
    [InlineData("text/html", "80", "€")]
    [InlineData("application/problem+json", "f6", "ö")]
    [InlineData("text/plain; charset=utf-8", "f6", "ö")]
    [InlineData("image/png", "f6", "(binary, 1 bytes, image/png)")]
    [InlineData(null, "f6", "(binary, 1 bytes)")]
    [InlineData("text/plain; charset=windows-1252", "41 00", "(binary, 2 bytes, text/plain)")]
    public void Without_a_known_one_it_is_UTF_8_or_what_old_servers_send_as_text(string? type, string bytes, string text) =>
        Assert.Equal(text, Excerpt(type, bytes));

    [Theory]
    [InlineData("text/plain; charset=windows-1252", "ef bb bf c3 b6", "ö")]
    [InlineData(null, "ef bb bf c3 b6", "ö")]
    [InlineData("text/plain", "ff fe f6 00", "ö")]
    [InlineData("text/plain; charset=utf-8", "fe ff 00 f6", "ö")]
    public void A_byte_order_mark_says_more_and_is_left_out(string? type, string bytes, string text) => Assert.Equal(text, Excerpt(type, bytes));

    [Theory]
    [InlineData("text/plain; charset=shift_jis", "41 93", "A")]
    [InlineData("text/plain; charset=gb18030", "41 81 30 81", "A")]
    [InlineData("text/plain; charset=utf-16le", "41 00 f6", "A")]
    [InlineData("text/plain", "41 f0 9f 98", "A")]
    public void A_character_that_was_cut_in_two_is_left_out(string type, string bytes, string text) => Assert.Equal(text, Excerpt(type, bytes));

    [Theory]
    [InlineData("identity", "ok")]
    [InlineData("Identity", "ok")]
    [InlineData("identity, IDENTITY", "ok")]
    [InlineData("identity, gzip", "(binary, 2 bytes, text/plain, gzip)")]
    [InlineData("br", "(binary, 2 bytes, text/plain, br)")]
    public void Identity_is_no_compression(string encoding, string text) => Assert.Equal(text, Excerpt("text/plain", "6f 6b", encoding));

    private static string? Excerpt(string? type, string bytes, string? encoding = null)
    {
        using var content = new ByteArrayContent([]);

        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        var head = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        return ResponseExcerpt.Of(head, head.Length, complete: true, content.Headers);
    }
}
