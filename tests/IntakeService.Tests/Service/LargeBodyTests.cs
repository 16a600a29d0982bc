using System.Net;
using System.Text;
using Waybill.IntakeService.Tests.Support;

namespace Waybill.IntakeService.Tests.Service;

/// <summary>Bodies that are held in several blocks of memory, whose ends may lie within a character.</summary>
[Collection(IntakeCollection.Name)]
public sealed class LargeBodyTests(IntakeFixture intake)
{
    private const int SeveralBlocks = 50_000;

    [Theory]
    [InlineData("ü")]
    [InlineData("€")]
    [InlineData("🚚")]
    public async Task Every_character_arrives_wherever_a_block_ends(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, SeveralBlocks / character.Length));

        for (var offset = 0; offset < 4; offset++)
        {
            var reply = await intake.Alice.SubmitAsync($$"""{"url":"http://127.0.0.1:9/{{new string('x', offset)}}","payloadText":"{{text}}"}""");

            Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
            var claim = await intake.Setup.Status.Client.ClaimAsync(reply.Id, new("worker"), CancellationToken.None);
            Assert.Equal(text, Encoding.UTF8.GetString(claim.Claim!.Request.Body!));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x9A })]
    [InlineData(new byte[] { 0x80 })]
    public async Task What_is_not_UTF_8_is_refused_wherever_a_block_ends(byte[] wrong)
    {
        const int Block = 16 * 1024;
        var head = Encoding.UTF8.GetBytes("""{"url":"http://127.0.0.1:9/","payloadText":" """.TrimEnd());

        for (var before = 0; before <= wrong.Length; before++)
        {
            byte[] body = [.. head, .. new byte[(2 * Block) - head.Length - before].Select(_ => (byte)'x'), .. wrong, .. "\"}"u8];
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");

            (await intake.Alice.SubmitAsync(content)).AssertProblem(HttpStatusCode.BadRequest, "malformed-json");
        }
    }
}
