using Waybill.Notifications.Transitions;
using Waybill.StatusService.Store.Changes;
using Waybill.StatusService.Store.Items;

namespace Waybill.StatusService.Tests.Store.Changes;

/// <summary>Rules out a write of what a row of the transition table does not name, under whatever name it is stored.</summary>
public sealed class StateChangeTests
{
    private readonly StateChange _queue = new(TransitionTable.Queue, DateTimeOffset.UnixEpoch);

    [Fact]
    public void What_the_row_does_not_name_cannot_be_written()
    {
        Assert.Throws<InvalidOperationException>(() => _queue.Set(RecordField.Attempts, StoredNames.Attempts, StoredValue.Of(0)));
    }

    [Fact]
    public void What_the_row_names_cannot_be_written_under_the_name_of_something_else()
    {
        Assert.Throws<InvalidOperationException>(() => _queue.Set(RecordField.QueuedAt, StoredNames.Attempts, StoredValue.Of(0)));
    }

    [Fact]
    public void Each_field_but_the_whole_record_has_stored_names()
    {
        var fields = Enum.GetValues<RecordField>().Except([RecordField.WholeRecord]);

        Assert.All(fields, field => Assert.NotEmpty(FieldNames.Of(field)));
    }
}
