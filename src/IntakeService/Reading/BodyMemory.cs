using System.Buffers;
using Microsoft.Extensions.Options;
using Waybill.IntakeService.Submissions;

namespace Waybill.IntakeService.Reading;

/// <summary>
/// Memory for the bodies of requests, of which there is a certain number of bytes for all and a share for each owner. It comes in blocks of one
/// size, so that whatever was asked for before, no more is kept than may be in use.
/// </summary>
internal sealed class BodyMemory
{
    /// <summary>A usual body fits into one, and what reads JSON is quickest then.</summary>
    public const int BlockBytes = 16 * 1024;

    private readonly FairShare _bytes;
    private readonly ArrayPool<byte> _blocks;

    public BodyMemory(IOptions<InFlightOptions> options)
    {
        var limit = options.Value.MaxMegabytesInFlight * 1024L * 1024;
        _bytes = new FairShare(limit, always: SubmissionEndpoints.MaxBodyBytes);
        _blocks = ArrayPool<byte>.Create(BlockBytes, (int)(limit / BlockBytes));
    }

    /// <summary>Room for a number of blocks, which are not made before they are needed.</summary>
    public bool TryReserve(string owner, int blocks) => _bytes.TryTake(owner, (long)blocks * BlockBytes);

    public void GiveBack(string owner, int blocks) => _bytes.GiveBack(owner, (long)blocks * BlockBytes);

    public byte[] RentBlock() => _blocks.Rent(BlockBytes);

    public void ReturnBlock(byte[] block) => _blocks.Return(block);

    public static int BlocksFor(long bytes) => (int)((bytes + BlockBytes - 1) / BlockBytes);
}
