<?php
function items(): array
{
    return [['id' => 1, 'name' => 'one']];
}
// slot: items
