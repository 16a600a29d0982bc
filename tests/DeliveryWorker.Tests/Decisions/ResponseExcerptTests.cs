using System.Net.Http.Headers;
using System.Text;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Tests.Decisions;

public sealed class ResponseExcerptTests
{
    [Fact]
    public void Text_is_kept_as_it_is() =>
        Assert.Equal("{\"error\":\"schön\",\r\n\t\"n\":1}", Excerpt(Encoding.UTF8.GetBytes("{\"error\":\"schön\",\r\n\t\"n\":1}")));

    [Fact]
    public void An_empty_body_is_none() => Assert.Null(Excerpt([]));

    [Fact]
    public void Control_characters_are_replaced() => Assert.Equal("a\uFFFDb\uFFFD", Excerpt("a\u001bb\u007f"u8.ToArray()));

    [Fact]
    public void A_character_that_the_cap_cut_in_two_is_left_out()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 1023) + "ö")[..1024];

        Assert.Equal(new string('x', 1023), Excerpt(bytes));
    }

    [Theory]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_whole_character_at_the_end_stays(string end) => Assert.Equal($"x{end}", Excerpt(Encoding.UTF8.GetBytes($"x{end}")));

    [Fact]
    public void Binary_content_is_noted() =>
        Assert.Equal("(binary, 512 bytes, image/png)", Excerpt([0x89, 0x50, 0x4e, 0x47, 0], total: 512, type: "image/png"));

    [Fact]
    public void What_is_not_UTF_8_is_binary() => Assert.Equal("(binary, 3 bytes)", Excerpt([0xff, 0xfe, 0x41], total: 3));

    [Fact]
    public void Latin_1_is_text_where_the_receiver_says_so() =>
        Assert.Equal("schön", Excerpt([0x73, 0x63, 0x68, 0xf6, 0x6e], type: "text/plain; charset=iso-8859-1"));

    [Fact]
    public void A_compressed_body_is_noted_and_not_unpacked() =>
        Assert.Equal("(binary, more than 65536 bytes, text/plain, gzip)", Excerpt([0x1f, 0x8b, 8], 65_536, complete: false, "text/plain", "gzip"));

    [Fact]
    public void The_excerpt_never_exceeds_a_kilobyte_of_UTF_8()
    {
        var excerpt = Excerpt([.. Enumerable.Repeat((byte)1, 1024)])!;

        Assert.Equal(1023, Encoding.UTF8.GetByteCount(excerpt));
    }

    private static string? Excerpt(byte[] head, long? total = null, bool complete = true, string? type = null, string? encoding = null)
    {
        using var content = new ByteArrayContent([]);

        if (type is not null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return ResponseExcerpt.Of(head, total ?? head.Length, complete, content.Headers);
    }
}
