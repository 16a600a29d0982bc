using Waybill.DeliveryWorker.Fairness;

namespace Waybill.DeliveryWorker.Tests.Fairness;

public sealed class SharedSlotsTests
{
    private readonly SharedSlots _slots = new(16);

    [Fact]
    public void Suspects_get_half_and_the_others_what_is_left()
    {
        Assert.Equal(8, Take(suspect: true));
        Assert.Equal(8, Take(suspect: false));
    }

    [Fact]
    public void All_together_are_bounded()
    {
        Assert.Equal(16, Take(suspect: false));
        Assert.Equal(0, Take(suspect: true));
    }

    [Fact]
    public void A_place_given_back_is_free_again()
    {
        Take(suspect: true);

        _slots.GiveBack(suspect: true);

        Assert.Equal(1, Take(suspect: true));
    }

    private int Take(bool suspect)
    {
        var taken = 0;

        while (_slots.TryTake(suspect))
        {
            taken++;
        }

        return taken;
    }
}
