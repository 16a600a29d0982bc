using System.Buffers;

namespace Waybill.IntakeService.Reading;

/// <summary>A request's body in blocks of <see cref="BodyMemory"/>. The room stays reserved until the end, as what is made of the body takes no more.</summary>
internal sealed class HeldBody(BodyMemory memory, string owner) : IDisposable
{
    private readonly List<byte[]> _blocks = [];
    private int _reserved;
    private long _length;

    /// <summary>All of it; no longer after <see cref="DropBytes"/>.</summary>
    public ReadOnlySequence<byte> Bytes { get; private set; }

    /// <returns>False: there is no room for it just now.</returns>
    public async Task<bool> TryReadAsync(HttpRequest request)
    {
        if (!TryReserve(BodyMemory.BlocksFor(request.ContentLength ?? 0)))
        {
            return false;
        }

        // A body that does not say how long it is takes room as it comes.
        while (TryReserve(_blocks.Count + 1))
        {
            var block = memory.RentBlock();
            _blocks.Add(block);
            var read = await FillAsync(request, block);
            _length += read;

            if (read < BodyMemory.BlockBytes || _length == request.ContentLength)
            {
                Bytes = Joined();
                return true;
            }
        }

        return false;
    }

    /// <summary>Once they were read, for others to use.</summary>
    public void DropBytes()
    {
        Bytes = default;
        _blocks.ForEach(memory.ReturnBlock);
        _blocks.Clear();
    }

    public void Dispose()
    {
        DropBytes();
        memory.GiveBack(owner, _reserved);
        _reserved = 0;
    }

    private bool TryReserve(int blocks)
    {
        var more = blocks - _reserved;

        if (more <= 0)
        {
            return true;
        }

        if (!memory.TryReserve(owner, more))
        {
            return false;
        }

        _reserved = blocks;
        return true;
    }

    private static async ValueTask<int> FillAsync(HttpRequest request, byte[] block)
    {
        var filled = 0;

        while (filled < BodyMemory.BlockBytes)
        {
            var read = await request.Body.ReadAsync(block.AsMemory(filled, BodyMemory.BlockBytes - filled), request.HttpContext.RequestAborted);

            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    private ReadOnlySequence<byte> Joined()
    {
        if (_blocks.Count == 1)
        {
            return new ReadOnlySequence<byte>(_blocks[0], 0, (int)_length);
        }

        var first = new Segment(_blocks[0], 0, Used(0));
        var last = first;

        for (var index = 1; index < _blocks.Count; index++)
        {
            last = last.Before(_blocks[index], Used(index));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private int Used(int block) => (int)Math.Min(BodyMemory.BlockBytes, _length - ((long)block * BodyMemory.BlockBytes));

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] block, long index, int length)
        {
            Memory = block.AsMemory(0, length);
            RunningIndex = index;
        }

        public Segment Before(byte[] block, int length)
        {
            var next = new Segment(block, RunningIndex + Memory.Length, length);
            Next = next;
            return next;
        }
    }
}
