namespace Waybill.IntakeService.Reading;

/// <summary>
/// Something limited that owners share, such as places or bytes: whoever takes must leave as much as is in its hands then. So one alone has
/// half at most, each further one half of what is left, and there is room for whoever comes next.
/// </summary>
/// <param name="limit">For all together.</param>
/// <param name="always">An owner gets as much as that as long as there is any: so little keeps nobody out.</param>
internal sealed class FairShare(long limit, long always)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);
    private long _total;

    /// <returns>False, and nothing is taken, when it would be more than the owner's share.</returns>
    public bool TryTake(string owner, long amount)
    {
        lock (_gate)
        {
            var mine = _taken.GetValueOrDefault(owner) + amount;
            var left = limit - _total - amount;

            if (left < 0 || mine > Math.Max(left, always))
            {
                return false;
            }

            _taken[owner] = mine;
            _total += amount;
            return true;
        }
    }

    public void GiveBack(string owner, long amount)
    {
        lock (_gate)
        {
            var mine = _taken.GetValueOrDefault(owner) - amount;
            _total -= amount;

            // Who has nothing is not remembered.
            if (mine > 0)
            {
                _taken[owner] = mine;
            }
            else
            {
                _taken.Remove(owner);
            }
        }
    }
}
